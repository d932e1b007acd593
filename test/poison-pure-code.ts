// A vitest set-up file: in every test, pure code that asks for the time, chance or a locale throws.

import { poisonPureCode } from './purity.ts';

poisonPureCode();
