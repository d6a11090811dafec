#!/usr/bin/env node
// The `tidu` command as a bin: the same launcher with the task filled in.
import { launch } from './launch.mjs';

process.exitCode = await launch(['tidu', ...process.argv.slice(2)]);
