//! Times a proof: `cargo run --release --no-default-features --example prove KEY.zkey WITNESS.wtns [THREADS [RUNS]]`.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use ark_bn254::Fr;
use tributary_native::control::Control;
use tributary_native::field::fr_from_plain;
use tributary_native::groth16::{ProvingKey, Witness, prove};
use tributary_native::pairing::verify;
use tributary_native::threads::{thread_count, with_threads};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |i: usize| arguments.get(i).map(|text| text.parse::<u32>()).transpose();
    let (threads, runs) = (thread_count(number(3)?)?, number(4)?.unwrap_or(3));
    for _ in 0..runs {
        let start = Instant::now();
        let stages = Mutex::new(Vec::<(&str, f64)>::new());
        let progress = |stage: &'static str, _: usize, _: usize| {
            if let Ok(mut seen) = stages.lock()
                && seen.last().is_none_or(|(last, _)| *last != stage)
            {
                seen.push((stage, start.elapsed().as_secs_f64()));
            }
        };
        let cancelled = AtomicBool::new(false);
        let control = Control::new(&progress, &cancelled);
        let (key, proof) = with_threads(threads, || {
            control.report("open", 0, 1)?;
            let key = ProvingKey::open(Path::new(&arguments[1]))?;
            let bytes = std::fs::read(&arguments[2]).expect("a witness file");
            control.report("witness", 0, 1)?;
            let witness = Witness::read(bytes)?;
            let proof = prove(&key, &witness, &control)?;
            Ok((key, proof))
        })?;
        let total = start.elapsed().as_secs_f64();
        let seen = stages.into_inner()?;
        let ends = seen.iter().skip(1).map(|(_, at)| *at).chain([total]);
        let parts: Vec<String> = seen.iter().zip(ends).map(|((stage, at), end)| format!("{stage} {:.3}", end - at)).collect();
        let checked = Instant::now();
        let publics: Vec<Fr> = proof.publics.iter().map(|value| fr_from_plain(*value)).collect();
        assert!(verify(&key.verifying_key(), &publics, proof.a, proof.b, proof.c), "the proof does not hold");
        println!("{total:.3} s on {threads} threads: {}", parts.join(", "));
        println!("verified in {:.1} ms", checked.elapsed().as_secs_f64() * 1000.0);
    }
    Ok(())
}
