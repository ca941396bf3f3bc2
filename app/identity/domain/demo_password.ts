/** Every demo person's password. Exists only where DEMO is set; shown on the sign-ins page. */
export const DEMO_PASSWORD = 'lunzheng-2026'
