import { testScreens } from './look-at-screens.ts';
import { providerScreens } from './screen-list.ts';

// A file for each, so that two workers share them.
testScreens(providerScreens);
