// Asking the emulator to let people do things.
export async function post(url, body) {
  const form = body instanceof FormData;
  const response = await fetch(url, {
    method: "POST",
    body: form ? body : JSON.stringify(body),
    headers: form ? {} : { "Content-Type": "application/json" },
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error);
  return answer;
}
