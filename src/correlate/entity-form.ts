// How the value of a label becomes the name of an entity.

import { endpointName, isLoopback, machineName, serverName } from './machine-name.ts';
import { podOwner, withoutHash } from './workload.ts';

/** The ways in which a value becomes a name. */
export type EntityForm = 'adapter' | 'adapter-host' | 'api' | 'index' | 'machine' | 'owner' | 'server' | 'url' | 'workload';

/** `gpu-7 HCA-1`: how InfiniBand writes an adapter of a machine. */
const ADAPTER = /^(\S{1,253}) (HCA-\S{1,60}|mlx\S{1,60})$/;

const FORMS: Readonly<Record<EntityForm, (value: string) => string | null>> = {
  adapter: (value) => {
    const [, host, adapter] = ADAPTER.exec(value) ?? [];
    return host === undefined || adapter === undefined ? null : `${machineName(host)}/${adapter}`;
  },
  'adapter-host': (value) => {
    const host = ADAPTER.exec(value)?.[1];
    return host === undefined ? null : machineName(host);
  },
  api: (value) => endpointName(value) ?? value,
  index: (value) => value.replace(/^\D+/, ''),
  machine: (value) => {
    const host = value.slice(value.lastIndexOf('@') + 1);
    return host === '' || isLoopback(host) || endpointName(host) !== null ? null : machineName(host);
  },
  owner: withoutHash,
  server: (value) => {
    const name = serverName(value);
    return name === '' || isLoopback(name) ? null : name;
  },
  url: endpointName,
  workload: (value) => podOwner(value)?.name ?? value,
};

/** The name that a value gives in this form, or null when it gives none. */
export function nameInForm(value: string, form: EntityForm | undefined): string | null {
  return form === undefined ? value : FORMS[form](value);
}
