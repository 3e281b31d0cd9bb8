import { serveTasks } from '../isolated/serve-tasks.ts';
import { lookAtPicture } from './look-at-picture.ts';

serveTasks(lookAtPicture);
