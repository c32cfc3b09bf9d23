package main

import (
	"os"
	"strconv"

	metrics "sigs.k8s.io/controller-runtime/pkg/metrics/server"
	"sigs.k8s.io/controller-runtime/pkg/webhook"
)

// Not every program has flags for these two, and on one machine every lab needs ports of its own.
func init() {
	if port, err := strconv.Atoi(os.Getenv("WEBHOOK_PORT")); err == nil {
		webhook.DefaultPort = port
	}
	if address := os.Getenv("METRICS_BIND_ADDRESS"); address != "" {
		metrics.DefaultBindAddress = address
	}
}
