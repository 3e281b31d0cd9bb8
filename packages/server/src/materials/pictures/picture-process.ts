import { serveTasks } from '../isolated/serve-tasks.ts';
import { lookAtPicture } from './look-at-picture.ts';

// `PictureProcesses` sends exactly this.
serveTasks((task) => lookAtPicture(task as Parameters<typeof lookAtPicture>[0]));
