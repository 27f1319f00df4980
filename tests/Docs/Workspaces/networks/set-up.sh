# More networks than Docker finds addresses for, and somebody else on the first of these.
for i in 01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25; do
  mkdir -p "projects/p$i"
  printf 'services:\n  web: {image: "python:3.11-slim", init: true, command: [sleep, infinity], ports: [80]}\n' >"projects/p$i/compose.yaml"
  printf '  db: {image: "debian:bookworm-slim", init: true, command: [sleep, infinity]}\n' >>"projects/p$i/compose.yaml"
done
composegen generate
docker network create --label "com.docker.compose.project=$(basename "$PWD")-other" --subnet 10.208.0.0/24 ada-vpn
