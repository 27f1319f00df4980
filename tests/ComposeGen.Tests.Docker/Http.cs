using System.Text;

namespace ComposeGen.Tests.Docker;

internal static class Http
{
    private static readonly HttpClient Client = new() { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>What a URL answers; anything but success throws.</summary>
    public static Task<string> Get(string url) => Client.GetStringAsync(new Uri(url));

    public static async Task Post(string url, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var response = await Client.PostAsync(new Uri(url), content);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>Waits until a server that is just starting answers.</summary>
    public static void AnswersEventually(string url) => Eventually.IsTrue(() => Answers(url), () => $"{url} does not answer");

    private static bool Answers(string url)
    {
        try
        {
            Get(url).GetAwaiter().GetResult();
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
