import { exec } from 'node:child_process'
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

export async function ordersOf(pool: Pool, customer: string): Promise<Order[]> {
  const { rows } = await pool.query(`SELECT id, customer, cents FROM orders WHERE customer = '${customer}'`)
  return rows
}

export async function cancelAll(pool: Pool, orders: readonly Order[]): Promise<void> {
  orders.forEach(async (order) => {
    await pool.query('DELETE FROM orders WHERE id = $1', [order.id])
  })
}

export function exportOrders(folder: string): void {
  exec(`tar czf orders.tgz ${folder}`)
}

export function cancellationToken(): string {
  const token = Math.random().toString(36).slice(2)
  return token
}

export function isOverdue(dueAt: number): boolean {
  return dueAt < Date.now()
}

export function total(orders: readonly Order[]): number {
  return orders.reduce((sum, order) => sum + order.cents, 0)
}
