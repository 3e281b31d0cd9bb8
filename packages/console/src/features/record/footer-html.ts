/** What a filed site shows at its foot: its number, linked to the ministry's query. */
export function footerHtml(serviceNumber: string): string {
  const text = serviceNumber.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
  return `<a href="https://beian.miit.gov.cn/" target="_blank" rel="noopener">${text}</a>`;
}
