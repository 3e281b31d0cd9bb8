import { serveTasks } from '../isolated/serve-tasks.ts';
import { writePdf } from './write-pdf.ts';

// `LetterWriter` sends exactly this.
serveTasks((task) => writePdf(task as Parameters<typeof writePdf>[0]));
