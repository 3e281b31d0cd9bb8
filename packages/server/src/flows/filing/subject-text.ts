/** The one spelling under which a certificate number is looked up, hashed and handed to the authority. */
export const normalCertificateNumber = (text: string): string => text.trim().toUpperCase();

/** What a subject is known by: its hash is made of this. */
export const subjectText = (certificateType: string, certificateNumber: string): string =>
  `${certificateType}\n${normalCertificateNumber(certificateNumber)}`;
