import { type DivisionTable, divisionsBelow } from './divisions.ts';
import { provinces } from './province.ts';

/** Is an address of the province that it begins with? Undefined where it begins with none: people leave it out. */
export function isAddressIn(address: string | undefined, provinceCode: string): boolean | undefined {
  if (address === undefined) return undefined;
  const named = provinces.find(({ zh }) => address.startsWith(zh));
  return named === undefined ? undefined : named.code === provinceCode;
}

/**
 * Are the chosen region and an address in one city? Undefined where the address names no city of the province.
 * @param region the lowest division that was chosen, six digits
 */
export function isAddressInCityOf(
  address: string | undefined,
  region: string | undefined,
  divisions: DivisionTable | undefined,
): boolean | undefined {
  const own = region === undefined ? undefined : divisions?.get(region);
  if (address === undefined || own === undefined || divisions === undefined) return undefined;
  const cities = divisionsBelow(divisions, own.provinceCode).filter(({ name }) => address.includes(name));
  return cities.length === 0 ? undefined : cities.some(({ code }) => code === own.cityCode);
}
