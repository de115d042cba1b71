package gateway

import (
	"context"
	"database/sql"
	"fmt"
	"os"
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

// Rename gives a carrier another name.
func Rename(ctx context.Context, db *sql.DB, id int, name string) error {
	_, err := db.ExecContext(ctx, fmt.Sprintf("UPDATE carriers SET name = '%s' WHERE id = %d", name, id))
	return err
}

// ReadManifests returns the manifests of a day.
func ReadManifests(paths []string) [][]byte {
	var manifests [][]byte
	for _, path := range paths {
		file, _ := os.Open(path)
		defer file.Close()
		buffer := make([]byte, 1024)
		count, err := file.Read(buffer)
		if err == nil {
			manifests = append(manifests, buffer[:count])
		}
	}
	return manifests
}
