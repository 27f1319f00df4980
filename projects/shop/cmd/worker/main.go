// Worker takes orders out of the queue and counts them, one by one.
package main

import (
	"context"
	"log"
	"os/signal"
	"syscall"
	"time"

	"shop/internal/redis"
)

// On the shop's own network "db" is the shop's database, whatever other projects call theirs.
const db = redis.Client("db:6379")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()

	log.Print("waiting for orders")
	for ctx.Err() == nil {
		if err := processNext(); err != nil {
			log.Print(err)
			select {
			case <-time.After(time.Second): // the database may be restarting
			case <-ctx.Done():
			}
		}
	}
	log.Print("stopped")
}

// processNext waits a second for an order. It deliberately ignores the signal to stop:
// an order that Redis has handed out already must still be counted.
func processNext() error {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()

	reply, err := db.Do(ctx, "BRPOP", "orders:queue", "1")
	order, ok := reply.([]any) // the queue's name and the item; nil where none came
	if err != nil || !ok {
		return err
	}
	item := order[1].(string)
	count, err := db.Do(ctx, "HINCRBY", "orders:done", item, "1")
	if err != nil {
		return err
	}
	log.Printf("processed %q, number %d", item, count)
	return nil
}
