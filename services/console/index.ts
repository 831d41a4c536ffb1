export { createConsole, type ConsoleApp, type ConsoleOptions } from './app.ts';
export { loadConsoleConfig, type ConsoleConfig } from './config.ts';
