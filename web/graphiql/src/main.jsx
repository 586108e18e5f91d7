import './workers.js';
import { createRoot } from 'react-dom/client';
import { Page } from './page.jsx';
import './page.css';

async function loadConfiguration() {
  const response = await fetch('graphiql/configuration.json');
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  return response.json();
}

const root = createRoot(document.getElementById('page'));
try {
  root.render(<Page configuration={await loadConfiguration()} />);
} catch (error) {
  root.render(<p role="alert">GraphiQL could not load its configuration: {error.message}.</p>);
}
