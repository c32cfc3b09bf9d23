import { untilReady } from '../../control-plane.ts';
import type { Lab } from '../../lab.ts';
import { runningPid, startAgain, stopProcess } from '../../lab-process.ts';
import type { MemberName } from '../../member.ts';

/** What a member consists of beside its API server; each of them would ask a dead server ever more seldom. */
const clients = ['controllers', 'scheduler', 'nodes'];

/** Kills the whole control plane of a member. */
export async function stopMember({ layout }: Lab, member: MemberName): Promise<void> {
  for (const part of ['api', ...clients]) await stopProcess(layout.folder, `${member}-${part}`, 'SIGKILL');
}

/** Brings back a member that was stopped; one that runs stays as it is. */
export async function returnMember({ layout, members }: Lab, member: MemberName): Promise<void> {
  const isRunning = (part: string) => runningPid(layout.folder, `${member}-${part}`) !== undefined;
  if (!isRunning('api')) await startAgain(layout.folder, `${member}-api`);
  await untilReady(members[member], member, 120);
  for (const part of clients) if (!isRunning(part)) await startAgain(layout.folder, `${member}-${part}`);
}
