export declare const CHROMIUM: string | null;
