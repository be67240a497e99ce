#!/usr/bin/env bash
# Prints the folder of a Node >= 24: the one on PATH, or one installed from npm into .toolchain.
#
# npm itself must run under that Node too: under Node 20 it leaves out Hardhat's native package without a word.
set -euo pipefail
cd "$(dirname "$0")/../.."

version=24.21.0
major() { "$1" -p 'process.versions.node.split(".")[0]' 2>/dev/null || echo 0; }

if [ "$(major node)" -ge 24 ]; then
  dirname "$(command -v node)"
  exit 0
fi

system=$(uname -s | tr '[:upper:]' '[:lower:]')
case "$(uname -m)" in
  x86_64) machine=x64 ;;
  aarch64 | arm64) machine=arm64 ;;
  *) echo "TRB_SETUP_PLATFORM: no packaged Node for $(uname -m); install Node 24 or newer by hand" >&2; exit 2 ;;
esac
prefix=node
[ "$system-$machine" = darwin-arm64 ] && prefix=node-bin
package="$prefix-$system-$machine"
bin="$PWD/.toolchain/node_modules/$package/bin"

if [ "$(major "$bin/node")" -lt 24 ]; then
  mkdir -p .toolchain
  echo "installing Node $version into .toolchain" >&2
  [ -f .toolchain/package.json ] || echo '{ "private": true }' > .toolchain/package.json
  if ! npm install --prefix .toolchain --no-save --no-audit --no-fund "$package@$version" >.toolchain/install.log 2>&1; then
    cat .toolchain/install.log >&2
    echo "TRB_SETUP_TOOLCHAIN: Node $version could not be installed from npm; install Node 24 or newer by hand" >&2
    exit 2
  fi
fi
echo "$bin"
