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

/**
 * Removes a dead owner's lock. Only one process at a time may do so, and it looks again first: another may have
 * taken the lock meanwhile.
 */
function clearDead(lock) {
  const guard = `${lock}.clearing`;
  try {
    fs.mkdirSync(guard);
  } catch {
    // Whoever clears takes no time; a guard that stands for long was left by a killed process.
    const since = fs.statSync(guard, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - since > 5000) fs.rmSync(guard, { recursive: true, force: true });
    return;
  }
  if (!ownerAlive(lock)) fs.rmSync(lock, { recursive: true, force: true });
  fs.rmSync(guard, { recursive: true, force: true });
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
      await pause(10);
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
