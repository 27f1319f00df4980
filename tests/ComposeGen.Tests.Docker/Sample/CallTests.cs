using System.Text.Json;

namespace ComposeGen.Tests.Docker.Sample;

public class CallTests
{
    [Test]
    public async Task An_order_given_to_one_project_shows_in_the_other()
    {
        var urls = RunningSample.Stack.Urls();
        await Http.Post($"{urls["shop:web"]}/orders", """{"item": "tea for two"}""");
        Eventually.IsTrue(
            () => Orders(urls["dashboard:app"]).TryGetProperty("tea for two", out var count) && count.GetInt32() == 1,
            () => $"the dashboard knows {Orders(urls["dashboard:app"])}"
        );
    }

    private static JsonElement Orders(string dashboard)
    {
        using var json = JsonDocument.Parse(Http.Get($"{dashboard}/api").GetAwaiter().GetResult());
        return json.RootElement.GetProperty("orders").Clone();
    }
}
