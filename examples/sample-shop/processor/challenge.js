// The test bank's page. The payment's secret and the way back stand behind the # of its address, which is sent to no server.
const given = new URLSearchParams(location.hash.slice(1))
const back = new URL(given.get('return') ?? '/', location.origin)
const problem = document.getElementById('problem')

async function answer(choice) {
  const body = JSON.stringify({ clientSecret: given.get('secret'), choice })
  const response = await fetch('/demo/pay', { method: 'POST', headers: { 'content-type': 'application/json' }, body })
  // Only to this machine's own pages: a way back that leads elsewhere would be a redirect for anybody.
  if (response.ok && back.origin === location.origin) location.replace(back)
  else problem.textContent = 'The bank could not take your answer. Please try again.'
}

for (const choice of ['approve', 'decline']) {
  document.getElementById(choice).addEventListener('click', () =>
    answer(choice).catch(() => {
      problem.textContent = 'There is no connection. Please try again.'
    }),
  )
}
