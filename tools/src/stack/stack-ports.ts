import { freePort, requireFreePort } from '../process/ports.js';
import { appNames, apps, otherPorts, type AppName } from './apps.js';

export type StackPorts = Readonly<Record<AppName | keyof typeof otherPorts, number>>;

const titles = { ...apps, ...otherPorts } satisfies Record<string, { port: number; setting: string }>;
type PortName = keyof typeof titles;

/** `default`: the documented ports or what their settings say; `free`: any, for tests and for a second stack beside the first. */
export async function stackPorts(which: 'default' | 'free', env: NodeJS.ProcessEnv): Promise<StackPorts> {
  const names = Object.keys(titles) as PortName[];
  const entries: [PortName, number][] = [];
  for (const name of names) {
    const port = which === 'free' ? await freePort() : Number(env[titles[name].setting] ?? titles[name].port);
    entries.push([name, port]);
  }
  return Object.fromEntries(entries) as Record<PortName, number>;
}

/** @throws LocalStackError that names the port, who needs it, and the setting that moves it. */
export async function requireStackPorts(ports: StackPorts): Promise<void> {
  for (const name of appNames) await requireFreePort(ports[name], `the ${name}`, apps[name].setting);
  for (const name of ['mailbox', 'smtp'] as const) {
    await requireFreePort(ports[name], otherPorts[name].title, otherPorts[name].setting);
  }
}
