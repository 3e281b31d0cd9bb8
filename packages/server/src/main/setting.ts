import type { z } from 'zod';

/** A setting with its description for the reference page. */
export function setting<Shape extends z.ZodType>(shape: Shape, zh: string, en: string): Shape {
  return shape.meta({ zh, en });
}

/** A setting that is a secret, or may hold one: its value is written nowhere. */
export function secretSetting<Shape extends z.ZodType>(shape: Shape, zh: string, en: string): Shape {
  return shape.meta({ zh, en, secret: true });
}
