/** What `crossply rollout --help` prints. */
export const help = `Usage: crossply rollout SUBCOMMAND KIND/NAME [flags]

Looks after the rollout of an App, a ComputeNamespace, a Tier or whatever else is fanned out on a hub: shows how it goes,
stops it, lets it go on, gives or refuses approval, takes it back. KIND may be left out for an App; a kind of your own is
KIND.GROUP/NAME, such as website.example.com/shop, and you must be able to read Compositions. All it writes are spec.rollout, with your name as that
of the last editor, and Approvals under your name; whoever changes something cannot approve of it.

Subcommands:
  status      the waves, what each waits for, who approved, what was before, and the command that would help
  approve     let the wave that waits for approval have the present revision, or held clusters leave
  reject      keep a wave shut, with a reason; it outweighs every approval until the object is deleted
  pause       stop every change but fail-over and scaling; what runs is kept
  resume      let it go on
  rollback    take all clusters back to a revision that is kept, and keep them there
  retry       try a revision again that failed and was rolled back

Flags of status:
  -w, --watch               print what changes until the rollout has ended
  -o, --output FORMAT       table (default) or json

Flags of approve and reject:
      --wave NAME           the wave (default: the one that waits for approval)
      --removals            approve: of exactly the clusters that are held, which are listed first
  -y, --yes                 approve --removals without being asked
      --reason TEXT         why, in a sentence; reject needs one
      --expires-in DURATION approve: for how long it counts, such as 1h (default: until the rollout ends)

Flags of rollback:
      --to REVISION         the revision (default: the last one that was healthy everywhere, or the one before)
      --undo                go to what the spec says again

Flags:
  -n, --namespace NAME      namespace of KIND/NAME (default: the context's, or wherever there is one of that name)
      --kubeconfig FILE     the hub (default: the environment's KUBECONFIG, then ~/.kube/config)
      --context NAME        context of the kubeconfig (default: its current one)
  -h, --help                show this help

Examples:
  crossply rollout status app/shop -n team-shop --watch
  crossply rollout approve app/shop -n team-shop --wave prod --reason "load test passed" --expires-in 4h
  crossply rollout rollback app/shop -n team-shop
  crossply rollout rollback app/shop -n team-shop --undo

Exit codes: 0 done, 1 refused (by the hub, or because it would change nothing), 2 usage.
`;
