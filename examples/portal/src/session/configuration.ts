/** Somebody whom a demonstration lets everyone act as. */
export interface Actor {
  name: string;
  token: string;
}

/** What the server says of itself to the page. */
export interface Configuration {
  /** Empty, save in a demonstration. */
  tokens: Actor[];
  /** The control year that the portal opens with; left out, this year. */
  year?: number;
}

/** A server that has no such file, or does not answer now, is one that people sign in to. */
export async function loadConfiguration(): Promise<Configuration> {
  const response = await fetch('configuration.json').catch(() => null);
  if (!response?.ok) return { tokens: [] };
  return (await response.json()) as Configuration;
}
