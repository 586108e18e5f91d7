import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App';
import { loadConfiguration } from './session/configuration';
import './styles/index.css';

const portal = document.getElementById('portal');
if (!portal) throw new Error('index.html has no element #portal');

createRoot(portal).render(
  <StrictMode>
    <App configuration={await loadConfiguration()} />
  </StrictMode>,
);
