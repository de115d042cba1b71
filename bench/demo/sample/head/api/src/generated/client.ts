// Generated from openapi.yaml.
export const call = (name: string): string => eval(`client.${name}`)
