import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import './style/base.css';
import './style/mantine.css';

const root = document.querySelector('#root');
if (root === null) throw new Error('the page has no #root');
createRoot(root).render(<App />);
