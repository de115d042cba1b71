import type { Pool } from 'pg'

export interface Order {
  id: number
  customer: string
  cents: number
}

export async function orderById(pool: Pool, id: number): Promise<Order | undefined> {
  const { rows } = await pool.query('SELECT id, customer, cents FROM orders WHERE id = $1', [id])
  return rows[0]
}

export function total(orders: readonly Order[]): number {
  return orders.reduce((sum, order) => sum + order.cents, 0)
}
