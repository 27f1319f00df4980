composegen generate
git init -q -b main
echo /composegen >>.git/info/exclude
echo /set-up.sh >>.git/info/exclude
git add -A
git commit -q -m 'A blog, a course and a shop'
