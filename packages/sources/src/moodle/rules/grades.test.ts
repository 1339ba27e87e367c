import { describe, expect, it } from 'vitest';
import { aGrade, aSection, aTotal } from '../../../test/moodle/snapshot.ts';
import { markOf } from '../../rules/marks.ts';
import { moduleItem } from './grades.ts';
import type { ReportedModule } from './modules.ts';

describe('a mark', () => {
  it.each([
    [4, 1, 7, 50, 50, true],
    [3.99999, 1, 7, 49.99983, 50, false],
    [5.24286, 1, 7, 70.71433, 71, true],
    [4, 0, 7, 57.14286, 57, true],
    [627, 0, 1254, 50, 50, true],
    [2.3, 1, 3.6, 50, 50, true],
    [0, 0, 100, 0, 0, false],
  ])('%d of %d–%d is %d %%', (final, min, max, percentage, sent, passes) => {
    expect(markOf(aGrade(final, min, max))).toMatchObject({
      percentage: expect.closeTo(percentage, 4),
      sent,
      passes,
    });
  });

  it('keeps 4.0 of 1–7 at exactly the half, whatever the fractions', () => {
    expect(markOf(aGrade(2.3, 1, 3.6))?.percentage).toBe(50);
    expect(markOf(aGrade(4, 1, 7))?.percentage).toBe(50);
  });

  it('is not there where there is no grade or no range', () => {
    expect(markOf(undefined)).toBeNull();
    expect(markOf(aGrade(null))).toBeNull();
    expect(markOf(aGrade(5, 7, 7))).toBeNull();
  });

  it('goes by the exigency where one is set: 4.0 is 60 %', () => {
    const at = (final: number) => markOf(aGrade(final), 60);
    expect(at(4)).toMatchObject({ percentage: 60, passes: true });
    expect(at(3.9)).toMatchObject({ sent: 58, passes: false });
    expect(at(7)?.percentage).toBe(100);
    expect(at(1)?.percentage).toBe(0);
    expect(markOf(aGrade(4, 0, 7), 60)?.percentage).toBe(60);
    expect(markOf(aGrade(59.9, 0, 100), 60)).toMatchObject({ percentage: 59.9, sent: 60, passes: false });
  });

  it('outside its scale is sent within 0–100', () => {
    expect(markOf(aGrade(110, 0, 100))).toMatchObject({ percentage: 110, sent: 100 });
    expect(markOf(aGrade(0.5, 1, 7))?.sent).toBe(0);
  });
});

describe("a module's grade category", () => {
  const module = (codigoModulo: string, section: string | null = null): ReportedModule => ({
    codigoModulo,
    sections: [aSection(1, section)],
    sectionIds: new Set([1]),
    activities: [],
  });

  it('is the one whose name has its code, and not a longer one', () => {
    const items = [
      aTotal(1, 'course'),
      aTotal(2, 'category', 'MO-1-M10'),
      aTotal(3, 'category', 'Módulo 1: mo-1-m1.'),
    ];
    expect(moduleItem(items, module('MO-1-M1'))?.id).toBe(3);
    expect(moduleItem(items, module('MO-1-M2'))).toBeNull();
  });

  it('else the one named like its section', () => {
    const items = [aTotal(2, 'category', 'Introducción  general')];
    expect(moduleItem(items, module('X-1', 'Introducción general'))?.id).toBe(2);
  });

  it('is none that holds no number', () => {
    expect(moduleItem([{ ...aTotal(2, 'category', 'X-1'), gradeType: 3 }], module('X-1'))).toBeNull();
  });
});
