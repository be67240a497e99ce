//! Times of a proof by stage: `cargo run --release --no-default-features --example stages KEY WITNESS [THREADS [RUNS]]`.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use tributary_native::control::Control;
use tributary_native::groth16;
use tributary_native::threads::with_threads;

fn main() {
    let mut words = std::env::args().skip(1);
    let (key, witness) = (words.next().expect("a key"), words.next().expect("a witness"));
    let threads = words.next().map_or(2, |word| word.parse().expect("a number of threads"));
    let runs = words.next().map_or(2, |word| word.parse().expect("a number of runs"));
    let last = Mutex::new((Instant::now(), ""));
    let report = |stage: &'static str, _done: usize, _total: usize| {
        let mut last = last.lock().expect("no thread has failed");
        if last.1 != stage {
            println!("  {:>10} {:>7} ms", last.1, last.0.elapsed().as_millis());
            *last = (Instant::now(), stage);
        }
    };
    let never = AtomicBool::new(false);
    let control = Control::new(&report, &never);
    for _ in 0..runs {
        let begun = Instant::now();
        let proof = with_threads(threads, || {
            let key = groth16::ProvingKey::open(Path::new(&key))?;
            let witness = groth16::Witness::read(std::fs::read(&witness).expect("a readable witness"))?;
            groth16::prove(&key, &witness, &control)
        });
        report("", 0, 0);
        println!("{} ms, {}", begun.elapsed().as_millis(), proof.map_or_else(|error| format!("{error:?}"), |_| "proven".into()));
    }
}
