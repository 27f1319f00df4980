# What Bo does on main meanwhile.
git switch -q main
mkdir projects/wiki
cp ~/votes/compose.yaml projects/wiki/
echo wiki >>which-project
composegen generate
git add -A
git commit -q -m 'Wiki'
git switch -q votes
