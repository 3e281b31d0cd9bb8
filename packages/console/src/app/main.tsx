import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ConsoleApp } from './console-app.tsx';
import './tokens.css';
import './console.css';
import '../parts/page.css';
import '../parts/parts.css';
import '../parts/product.css';
import '../features/filing/filing.css';
import '../features/filing/form.css';
import '../features/help/help.css';
import '../features/overview/overview.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <ConsoleApp />
  </StrictMode>,
);
