#!/usr/bin/env bash
# circom2 0.2.23 (circom as WebAssembly), a circuit that includes a file by a symbolic link.
# Guess: an include is read as by any other program, links included.
# Seen: a link that stays below the folder it runs in is followed; one that leads out of it is "not found", though the file
#   is there and `cat` prints it. Packages that a workspace links (npm link, hard-linked stores) are such links.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/elsewhere" "$folder/here"
cd "$folder/here"
npm init -y >/dev/null
npm install --no-audit --no-fund --silent circom2@0.2.23
mkdir inside
for place in "$folder/elsewhere" inside; do
  printf 'pragma circom 2.0.0;\ntemplate Square() { signal input a; signal output b; b <== a * a; }\n' >"$place/square.circom"
done
ln -s "$folder/elsewhere/square.circom" out.circom
ln -s inside/square.circom in.circom
for name in out in; do
  printf 'pragma circom 2.0.0;\ninclude "./%s.circom";\ncomponent main = Square();\n' "$name" >"main_$name.circom"
done
compiles() { if npx circom2 "main_$1.circom" --r1cs >"$1.log" 2>&1; then echo yes; else echo no; fi; }
inside=$(compiles in)
outside=$(compiles out)
cat out.circom >/dev/null
echo "circom2 0.2.23: a link below its folder compiles: $inside; a link that leads out of it: $outside"
[ "$inside $outside" = "yes no" ] || { echo "  this has changed"; exit 1; }
