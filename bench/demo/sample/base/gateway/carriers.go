package gateway

import (
	"context"
	"database/sql"
)

// Carrier is a company that moves parcels.
type Carrier struct {
	ID   int
	Name string
}

// ByID reads one carrier.
func ByID(ctx context.Context, db *sql.DB, id int) (Carrier, error) {
	var carrier Carrier
	err := db.QueryRowContext(ctx, "SELECT id, name FROM carriers WHERE id = $1", id).Scan(&carrier.ID, &carrier.Name)
	return carrier, err
}
