import { testScreens } from './look-at-screens.ts';
import { customerScreens } from './screen-list.ts';

// A file for each, so that two workers share them.
testScreens(customerScreens);
