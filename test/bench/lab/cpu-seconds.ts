import { readFileSync } from 'node:fs';
import { runningPid } from '../../lab/lab-process.ts';

/** Ticks of the CPU clock in a second, on every Linux of today. */
const ticksPerSecond = 100;

/** Returns the CPU seconds that a process of a lab has used so far. */
export function cpuSeconds(folder: string, name: string): number {
  const pid = runningPid(folder, name);
  if (pid === undefined) throw new Error(`${name} does not run`);
  // The name of the program is in brackets and may hold blanks; the times are the 14th and 15th field.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}
