;; The loops over rows that an eigendecomposition spends its time in. Float64; addresses and sizes are in bytes.
;;
;; Each entry is what its expression gives in that order, rounded as JavaScript rounds: the bits are those of the plain loop.
(module
  (memory (export "memory") 1)

  ;; Turns rows i and i + 1 by the angle of cosine c[i] and sine s[i], for i = to − 1, …, from, in every panel. A panel holds eight
  ;; columns of all rows, a row being 64 bytes. Row i is the second of the next rotation: it stays in registers between them.
  (func (export "turn")
    (param $base i32) (param $panelBytes i32) (param $panels i32)
    (param $c i32) (param $s i32) (param $from i32) (param $to i32)
    (local $panel i32) (local $i i32) (local $at i32) (local $cos v128) (local $sin v128)
    (local $x v128) (local $y0 v128) (local $y1 v128) (local $y2 v128) (local $y3 v128)
    (block $done
      (loop $nextPanel
        (br_if $done (i32.ge_u (local.get $panel) (local.get $panels)))
        (local.set $at
          (i32.add (i32.add (local.get $base) (i32.mul (local.get $panel) (local.get $panelBytes)))
                   (i32.shl (local.get $to) (i32.const 6))))
        (local.set $y0 (v128.load (local.get $at)))
        (local.set $y1 (v128.load offset=16 (local.get $at)))
        (local.set $y2 (v128.load offset=32 (local.get $at)))
        (local.set $y3 (v128.load offset=48 (local.get $at)))
        (local.set $i (local.get $to))
        (block $turned
          (loop $next
            (br_if $turned (i32.le_u (local.get $i) (local.get $from)))
            (local.set $i (i32.sub (local.get $i) (i32.const 1)))
            (local.set $at (i32.sub (local.get $at) (i32.const 64)))
            (local.set $cos (v128.load64_splat (i32.add (local.get $c) (i32.shl (local.get $i) (i32.const 3)))))
            (local.set $sin (v128.load64_splat (i32.add (local.get $s) (i32.shl (local.get $i) (i32.const 3)))))
            (local.set $x (v128.load (local.get $at)))
            (v128.store offset=64 (local.get $at)
              (f64x2.add (f64x2.mul (local.get $sin) (local.get $x)) (f64x2.mul (local.get $cos) (local.get $y0))))
            (local.set $y0
              (f64x2.sub (f64x2.mul (local.get $cos) (local.get $x)) (f64x2.mul (local.get $sin) (local.get $y0))))
            (local.set $x (v128.load offset=16 (local.get $at)))
            (v128.store offset=80 (local.get $at)
              (f64x2.add (f64x2.mul (local.get $sin) (local.get $x)) (f64x2.mul (local.get $cos) (local.get $y1))))
            (local.set $y1
              (f64x2.sub (f64x2.mul (local.get $cos) (local.get $x)) (f64x2.mul (local.get $sin) (local.get $y1))))
            (local.set $x (v128.load offset=32 (local.get $at)))
            (v128.store offset=96 (local.get $at)
              (f64x2.add (f64x2.mul (local.get $sin) (local.get $x)) (f64x2.mul (local.get $cos) (local.get $y2))))
            (local.set $y2
              (f64x2.sub (f64x2.mul (local.get $cos) (local.get $x)) (f64x2.mul (local.get $sin) (local.get $y2))))
            (local.set $x (v128.load offset=48 (local.get $at)))
            (v128.store offset=112 (local.get $at)
              (f64x2.add (f64x2.mul (local.get $sin) (local.get $x)) (f64x2.mul (local.get $cos) (local.get $y3))))
            (local.set $y3
              (f64x2.sub (f64x2.mul (local.get $cos) (local.get $x)) (f64x2.mul (local.get $sin) (local.get $y3))))
            (br $next)))
        (v128.store (local.get $at) (local.get $y0))
        (v128.store offset=16 (local.get $at) (local.get $y1))
        (v128.store offset=32 (local.get $at) (local.get $y2))
        (v128.store offset=48 (local.get $at) (local.get $y3))
        (local.set $panel (i32.add (local.get $panel) (i32.const 1)))
        (br $nextPanel))))

  ;; y[j] ← y[j] + a·x[j] for `size` bytes.
  (func (export "addScaled") (param $y i32) (param $x i32) (param $a f64) (param $size i32)
    (local $end i32) (local $pairs i32) (local $v v128)
    (local.set $v (f64x2.splat (local.get $a)))
    (local.set $end (i32.add (local.get $y) (local.get $size)))
    (local.set $pairs (i32.add (local.get $y) (i32.and (local.get $size) (i32.const -16))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $y) (local.get $pairs)))
        (v128.store (local.get $y)
          (f64x2.add (v128.load (local.get $y)) (f64x2.mul (local.get $v) (v128.load (local.get $x)))))
        (local.set $y (i32.add (local.get $y) (i32.const 16)))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br $next)))
    (if (i32.lt_u (local.get $y) (local.get $end))
      (then
        (f64.store (local.get $y)
          (f64.add (f64.load (local.get $y)) (f64.mul (local.get $a) (f64.load (local.get $x))))))))

  ;; y[j] ← y[j] − (a·d[j] + b·e[j]) for `size` bytes.
  (func (export "subtractTwo")
    (param $y i32) (param $d i32) (param $a f64) (param $e i32) (param $b f64) (param $size i32)
    (local $end i32) (local $pairs i32) (local $va v128) (local $vb v128)
    (local.set $va (f64x2.splat (local.get $a)))
    (local.set $vb (f64x2.splat (local.get $b)))
    (local.set $end (i32.add (local.get $y) (local.get $size)))
    (local.set $pairs (i32.add (local.get $y) (i32.and (local.get $size) (i32.const -16))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $y) (local.get $pairs)))
        (v128.store (local.get $y)
          (f64x2.sub (v128.load (local.get $y))
            (f64x2.add (f64x2.mul (local.get $va) (v128.load (local.get $d)))
                       (f64x2.mul (local.get $vb) (v128.load (local.get $e))))))
        (local.set $y (i32.add (local.get $y) (i32.const 16)))
        (local.set $d (i32.add (local.get $d) (i32.const 16)))
        (local.set $e (i32.add (local.get $e) (i32.const 16)))
        (br $next)))
    (if (i32.lt_u (local.get $y) (local.get $end))
      (then
        (f64.store (local.get $y)
          (f64.sub (f64.load (local.get $y))
            (f64.add (f64.mul (local.get $a) (f64.load (local.get $d)))
                     (f64.mul (local.get $b) (f64.load (local.get $e)))))))))
)
