import { connect } from 'node:net';

/** Returns true when something listens on a port of this machine, else undefined. */
export function reaches(port: number): Promise<true | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(undefined));
    socket.on('connect', () => socket.end());
  });
}
