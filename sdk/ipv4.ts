/** IPv4 addresses as numbers, so that ranges can be reckoned with. */

/** @param text four numbers from 0 to 255, with points between them */
export function addressNumber(text: string): number {
    return text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** An address as people write it. */
export function addressText(address: number): string {
    return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
