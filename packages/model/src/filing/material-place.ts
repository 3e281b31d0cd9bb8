/** What the places of materials in a filing begin with, as findings and changes name them. */
export const materialPlaces = 'materials.';

/** Is that the place of a picture, and of no field of the form? */
export const isMaterialPlace = (field: string | null): boolean => field?.startsWith(materialPlaces) === true;
