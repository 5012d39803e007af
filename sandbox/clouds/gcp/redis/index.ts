/** Memorystore for Redis. */
export { redis } from "./instance";
