import { serveTasks } from '../isolated/serve-tasks.ts';
import { writePdf } from './write-pdf.ts';

serveTasks(writePdf);
