/** Everybody's in the matrix of roles. */
export const password = 'of everybody in this test';

/** Signs in when the operation itself is asked; a new session ends the one that the browser had of that person. */
export const whoSignsIn = 'newcomer';
