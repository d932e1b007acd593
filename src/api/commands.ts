// What the API needs of whatever commits changes of state.

import type {
  ActionTaken,
  ChangeReported,
  ConfigReloaded,
  DeliveryRetried,
  HistoryLearned,
  SilenceEnded,
  SilenceSet,
  TopologyPut,
} from '../correlate/event.ts';
import type { EventResult } from '../correlate/person.ts';

/** What a client can ask to be changed. */
export type Command = ActionTaken | ChangeReported | TopologyPut | SilenceSet | SilenceEnded | HistoryLearned | DeliveryRetried | ConfigReloaded;

/** Takes commands to the engine. */
export interface Commands {
  /**
   * Resolves once the change is committed, and the read model shows it then, or once the engine has
   * refused it. Rejects with `ServiceUnavailable` when that cannot be done now.
   */
  submit(command: Command): Promise<EventResult>;
}
