// Web takes orders and shows how many of each item have been processed.
//
//	GET  /         the page
//	GET  /orders   processed orders, as {"tea": 2}
//	POST /orders   a new order, as {"item": "tea"}
//	GET  /healthz  whether the database answers
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"log"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"

	"shop/internal/redis"
)

// On the shop's own network "db" is the shop's database, whatever other projects call theirs.
const db = redis.Client("db:6379")

func main() {
	health := flag.Bool("health", false, "ask the running server whether it is well, and exit")
	flag.Parse()
	if *health {
		os.Exit(checkHealth())
	}

	mux := http.NewServeMux()
	mux.HandleFunc("/", page)
	mux.HandleFunc("/orders", orders)
	mux.HandleFunc("/healthz", healthz)
	server := &http.Server{Addr: ":80", Handler: mux, ReadHeaderTimeout: 5 * time.Second}

	stopping, stop := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	go func() {
		log.Print("listening on ", server.Addr)
		if err := server.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()

	<-stopping.Done()
	log.Print("stopping: no new requests, finishing those under way")
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		log.Print(err)
	}
}

func orders(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodGet:
		done, err := processed(r.Context())
		if err != nil {
			fail(w, err)
			return
		}
		reply(w, http.StatusOK, done)
	case http.MethodPost:
		var order struct{ Item string }
		err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<10)).Decode(&order)
		item := strings.TrimSpace(order.Item)
		if err != nil || item == "" {
			http.Error(w, `send JSON like {"item": "tea"}`, http.StatusBadRequest)
			return
		}
		if _, err := db.Do(r.Context(), "LPUSH", "orders:queue", item); err != nil {
			fail(w, err)
			return
		}
		// Accepted, not done: the worker has yet to see it.
		reply(w, http.StatusAccepted, map[string]string{"item": item})
	default:
		w.Header().Set("Allow", "GET, POST")
		http.Error(w, "use GET or POST", http.StatusMethodNotAllowed)
	}
}

func page(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/" { // "/" matches every path that nothing else does
		http.NotFound(w, r)
		return
	}
	done, err := processed(r.Context())
	if err != nil {
		fail(w, err)
		return
	}
	waiting, err := db.Do(r.Context(), "LLEN", "orders:queue")
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	if err := pageTemplate.Execute(w, map[string]any{"Done": done, "Waiting": waiting}); err != nil {
		log.Print(err)
	}
}

func healthz(w http.ResponseWriter, r *http.Request) {
	if _, err := db.Do(r.Context(), "PING"); err != nil {
		fail(w, err)
		return
	}
	fmt.Fprintln(w, "ok")
}

// checkHealth is the container's healthcheck, so that the image needs no curl.
func checkHealth() int {
	client := http.Client{Timeout: 2 * time.Second}
	response, err := client.Get("http://127.0.0.1/healthz")
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		fmt.Println(response.Status)
		return 1
	}
	return 0
}

// processed says how many orders of each item the worker has processed.
func processed(ctx context.Context) (map[string]int, error) {
	answer, err := db.Do(ctx, "HGETALL", "orders:done")
	if err != nil {
		return nil, err
	}
	fields := answer.([]any) // item, count, item, count, …
	done := make(map[string]int, len(fields)/2)
	for i := 0; i+1 < len(fields); i += 2 {
		count, err := strconv.Atoi(fields[i+1].(string))
		if err != nil {
			return nil, err
		}
		done[fields[i].(string)] = count
	}
	return done, nil
}

func reply(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err := json.NewEncoder(w).Encode(value); err != nil {
		log.Print(err)
	}
}

// fail tells the log what went wrong, and the visitor only that something did.
func fail(w http.ResponseWriter, err error) {
	log.Print(err)
	http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
}

var pageTemplate = template.Must(template.New("page").Parse(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Shop</title>
<h1>Shop</h1>
<form>
  <input name="item" placeholder="tea" maxlength="100" required autofocus>
  <button>Order</button>
</form>
<p>{{.Waiting}} waiting to be processed
<table>
  <tr><th>Item<th>Processed
  {{- range $item, $count := .Done}}
  <tr><td>{{$item}}<td>{{$count}}
  {{- end}}
</table>
<script>
  document.forms[0].onsubmit = async event => {
    event.preventDefault();
    const item = event.target.item.value;
    await fetch("/orders", {method: "POST", body: JSON.stringify({item})});
    location.reload();
  };
</script>
`))
