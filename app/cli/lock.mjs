// A lock between processes: a folder, because making one is atomic everywhere. It holds the owner's process id,
// so that a lock left by a killed process is recognised.
import fs from 'node:fs';
import path from 'node:path';

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function ownerAlive(lock) {
  let pid;
  try {
    pid = Number(fs.readFileSync(path.join(lock, 'pid'), 'utf8'));
  } catch {
    // Just made and not yet signed, or left unsigned: give it two seconds.
    try {
      return Date.now() - fs.statSync(lock).mtimeMs < 2000;
    } catch {
      return false;
    }
  }
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function tryTake(lock) {
  try {
    fs.mkdirSync(lock);
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    return false;
  }
  fs.writeFileSync(path.join(lock, 'pid'), String(process.pid));
  return true;
}

/** Removes a dead owner's lock. Renaming first lets only one of several waiters do it. */
function clearDead(lock) {
  const aside = `${lock}.${process.pid}`;
  try {
    fs.renameSync(lock, aside);
    fs.rmSync(aside, { recursive: true, force: true });
  } catch {
    // Somebody else was faster.
  }
}

/**
 * Runs `work` while holding the lock folder, waiting for another living process that has it.
 * @param {string} lock path of the folder
 * @param {(text: string) => void} say told once when it has to wait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 * @template T
 */
export async function withLock(lock, say, work) {
  fs.mkdirSync(path.dirname(lock), { recursive: true });
  let told = false;
  while (!tryTake(lock)) {
    if (!ownerAlive(lock)) {
      clearDead(lock);
      continue;
    }
    if (!told) say('另一个进程正在准备，等待其完成 …');
    told = true;
    await pause(300);
  }
  try {
    return await work();
  } finally {
    fs.rmSync(lock, { recursive: true, force: true });
  }
}
