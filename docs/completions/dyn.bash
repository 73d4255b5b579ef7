# Completion of dyn for bash: source this file, or put it among the completions.
_dyn_words() {
  COMPREPLY+=($(compgen -W "$1" -- "$current"))
}
_dyn_files() {
  local IFS=$'\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY+=($(compgen "$1" -- "$current"))
}
_dyn() {
  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]}
  local verb=run
  COMPREPLY=()
  # Bash takes --name=value for three words.
  if [[ $current == = ]]; then
    current=
  elif [[ $previous == = ]]; then
    previous=${COMP_WORDS[COMP_CWORD-2]}
  fi
  if ((COMP_CWORD > 1)); then
    case ${COMP_WORDS[1]} in
      run|plot|compare|theory|resume|analyze|inspect|export|scenarios|sweep|check) verb=${COMP_WORDS[1]} ;;
      help) _dyn_words 'run plot compare theory resume analyze inspect export scenarios sweep check'; return ;;
    esac
  fi
  case $previous in
    --scenario) _dyn_files -f; return ;;
    --set) return ;;
    --seed) _dyn_words 'random'; return ;;
    -n|--samples) return ;;
    -d|--dim) return ;;
    --outputs) return ;;
    --test-samples) return ;;
    --kappa) return ;;
    --unit-values) return ;;
    --sigmas) _dyn_words 'geo halves'; return ;;
    -r|--s-range) return ;;
    --teacher) _dyn_words 'compensated ones gaussian'; return ;;
    --sigma-noise) return ;;
    --pcs) return ;;
    --data) return ;;
    --hidden) return ;;
    --depth) return ;;
    --space) _dyn_words 'synaptic original'; return ;;
    --init) _dyn_words 'diagonal diagonal-fixed constant rank-one balanced gaussian kaiming uniform tuned given torch'; return ;;
    -w|--scales) return ;;
    --balance) return ;;
    --frozen) return ;;
    --activation) _dyn_words 'relu linear'; return ;;
    --precision) _dyn_words 'single double'; return ;;
    --ensemble) return ;;
    --rule) _dyn_words 'gradient-descent sgd adam adamw'; return ;;
    --loss) _dyn_words 'squared mse absolute cross-entropy'; return ;;
    --batch) return ;;
    --momentum) return ;;
    --lr) return ;;
    --weight-decay) return ;;
    --decay) return ;;
    --update) _dyn_words 'simultaneous sequential'; return ;;
    --gradients) _dyn_words 'manual autograd'; return ;;
    --engine) _dyn_words 'auto literal statistics modes'; return ;;
    --reduction) _dyn_words 'sum mean'; return ;;
    -t|--iterations) return ;;
    --theory) return ;;
    --risk-loss) _dyn_words 'L2 MSE L1'; return ;;
    --record) return ;;
    --save) return ;;
    --over) return ;;
    --zip) return ;;
    --seeds) return ;;
    --sweep) _dyn_files -f; return ;;
    --jobs) return ;;
    --keep) _dyn_words 'full summary last'; return ;;
    --shards) return ;;
    --shard) return ;;
    --out) _dyn_files -d; return ;;
    --quantity) return ;;
    --format) _dyn_words 'csv tsv json npy'; return ;;
    --figure) _dyn_words 'risk loss weight-error-teacher weight-error-fit mode-strengths mode-errors weight-pairs-synaptic weight-pairs-original learning-curves accuracy sample-images readout-singular-values readout-histograms pullback-capture pullback-capture-error pullback-maps pullback-similarity pullback-gradients activation-spectra predictions samples spectrum-activations spectrum-weights spectrum-densities spectrum-over-time clip align-similarities align-overlaps resample representation-shares representation-mechanism representation-units representation-ablation representation-singular-values representation-weights representation-pairs representation-functions representation-readout representation-losses'; return ;;
    --terminal) _dyn_words 'png pdf svg tikz dumb'; return ;;
    --root) _dyn_files -d; return ;;
    --details) return ;;
    --checkpoint) return ;;
    --print-freq) return ;;
    --gpu) return ;;
    --until) return ;;
    --points) return ;;
    --tolerance) return ;;
    --at) return ;;
    --group) return ;;
    --draws) return ;;
    --net) return ;;
    --ranks) return ;;
    --color) _dyn_words 'auto always never'; return ;;
    --gallery) _dyn_files -d; return ;;
    --threads) return ;;
    --completions) _dyn_words 'bash zsh fish'; return ;;
  esac
  if [[ $current == -* ]]; then
    case $verb in
      run) _dyn_words '--scenario --set --seed -n --samples -d --dim --outputs --test-samples --kappa --unit-values --continuous-eigs --no-continuous-eigs --transform-data --no-transform-data --sigmas -r --s-range --normalized --no-normalized --teacher --scale-beta --no-scale-beta --sigma-noise --coupled-noise --no-coupled-noise --standardise --no-standardise --pcs --data --one-hot --no-one-hot --hidden --depth --space --init -w --scales --unsigned --no-unsigned --balance --frozen --activation --bias --no-bias --precision --ensemble --rule --loss --batch --momentum --lr --weight-decay --decay --update --gradients --engine --reduction -t --iterations --theory --risk-loss --record --jacobian --no-jacobian --save --out --root --save-results --no-save-results --plot --no-plot --details --force --checkpoint --print-freq --gpu -q --quiet -v --verbose --color --threads --json --completions -h --help --version' ;;
      plot) _dyn_words '--out --figure --terminal --follow -q --quiet -h --help --version' ;;
      compare) _dyn_words '--theory -q --quiet --tolerance --json -h --help --version' ;;
      theory) _dyn_words '--scenario --set --seed -n --samples -d --dim --outputs --test-samples --kappa --unit-values --continuous-eigs --no-continuous-eigs --transform-data --no-transform-data --sigmas -r --s-range --normalized --no-normalized --teacher --scale-beta --no-scale-beta --sigma-noise --coupled-noise --no-coupled-noise --standardise --no-standardise --pcs --data --one-hot --no-one-hot --hidden --depth --space --init -w --scales --unsigned --no-unsigned --balance --frozen --activation --bias --no-bias --precision --ensemble --rule --loss --batch --momentum --lr --weight-decay --decay --update --gradients --engine --reduction -t --iterations --theory --risk-loss --record --jacobian --no-jacobian --save -q --quiet --list --until --points --json -h --help --version' ;;
      resume) _dyn_words '-t --iterations --plot --no-plot --checkpoint --print-freq -q --quiet -v --verbose --threads --json -h --help --version' ;;
      analyze) _dyn_words '--plot --no-plot -q --quiet --at --group --draws --net --ranks --threads --json -h --help --version' ;;
      inspect) _dyn_words '-q --quiet --digest --json -h --help --version' ;;
      export) _dyn_words '--out --quantity --format -q --quiet -h --help --version' ;;
      scenarios) _dyn_words '-q --quiet -h --help --version' ;;
      sweep) _dyn_words '--scenario --set --seed -n --samples -d --dim --outputs --test-samples --kappa --unit-values --continuous-eigs --no-continuous-eigs --transform-data --no-transform-data --sigmas -r --s-range --normalized --no-normalized --teacher --scale-beta --no-scale-beta --sigma-noise --coupled-noise --no-coupled-noise --standardise --no-standardise --pcs --data --one-hot --no-one-hot --hidden --depth --space --init -w --scales --unsigned --no-unsigned --balance --frozen --activation --bias --no-bias --precision --ensemble --rule --loss --batch --momentum --lr --weight-decay --decay --update --gradients --engine --reduction -t --iterations --theory --risk-loss --record --jacobian --no-jacobian --save --over --zip --seeds --sweep --dry-run --jobs --keep --shards --shard --partial --slurm --script-only --out --root --plot --no-plot --details --force --checkpoint -q --quiet --json -h --help --version' ;;
      check) _dyn_words '-q --quiet --all --quick --gallery --threads --json -h --help --version' ;;
    esac
    return
  fi
  if ((COMP_CWORD == 1)); then
    _dyn_words 'run plot compare theory resume analyze inspect export scenarios sweep check help'
  fi
  case $verb in
    plot) _dyn_files -d ;;
    compare) _dyn_files -d ;;
    theory) _dyn_files -d ;;
    resume) _dyn_files -d ;;
    analyze) _dyn_files -d ;;
    inspect) _dyn_files -d ;;
    export) _dyn_files -d ;;
    sweep) _dyn_files -d ;;
  esac
}
complete -F _dyn dyn
